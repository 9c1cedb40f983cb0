/** What the tests use of node-postgres, which comes without types. */
declare module "pg" {
  export type Query = {
    readonly text: string;
    readonly values?: readonly (string | null)[];
    readonly rowMode: "array";
    readonly queryMode: "extended";
    readonly types: { readonly getTypeParser: () => (text: string) => string };
  };

  export type Result = {
    readonly command: string | null;
    readonly rowCount: number | null;
    readonly fields: readonly object[];
    readonly rows: readonly (readonly (string | null)[])[];
  };

  export type PoolClient = {
    readonly query: (query: Query | string) => Promise<Result>;
    /** With true the connection is ended. */
    readonly release: (destroy: boolean) => void;
    /** What runs fails. */
    readonly end: () => Promise<void>;
    readonly on: (event: "error", listener: (error: Error) => void) => void;
    readonly getTransactionStatus: () => "I" | "T" | "E" | null;
  };

  export type PoolOptions = {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    readonly max: number;
    readonly idleTimeoutMillis: number;
  };

  export class Pool {
    constructor(options: PoolOptions);
    connect(): Promise<PoolClient>;
    end(): Promise<void>;
    on(event: "connect", listener: (client: PoolClient) => void): void;
    on(event: "error", listener: (error: Error) => void): void;
  }

  /** What the server said. */
  export class DatabaseError extends Error {
    readonly code?: string;
    readonly severity?: string;
    readonly detail?: string;
    readonly hint?: string;
    readonly position?: string;
    readonly internalPosition?: string;
    readonly internalQuery?: string;
    readonly where?: string;
    readonly schema?: string;
    readonly table?: string;
    readonly column?: string;
    readonly dataType?: string;
    readonly constraint?: string;
    readonly file?: string;
    readonly line?: string;
    readonly routine?: string;
  }
}
