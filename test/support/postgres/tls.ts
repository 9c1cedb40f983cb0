import { readFileSync } from "node:fs";
import { queryPostgres } from "./query.ts";

/** A certificate that nobody but itself has signed, and where it lies. */
export type Certificate = { readonly path: string; readonly text: string; readonly key: string };

/** False where there is no `openssl`, which makes certificates. */
export function canMakeCertificates(): boolean {
  return Bun.which("openssl") !== null;
}

/** Makes a certificate for a name such as `IP:127.0.0.1` or `DNS:db.example.com`, in a folder that is there. */
export function makeCertificate(folder: string, name: string): Certificate {
  const id = crypto.randomUUID();
  const [path, key] = [`${folder}/${id}.crt`, `${folder}/${id}.key`];
  const algorithm = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-subj", "/CN=todo", "-addext", `subjectAltName=${name}`];
  const made = Bun.spawnSync(["openssl", "req", "-x509", ...algorithm, ...subject, "-keyout", key, "-out", path]);
  if (!made.success) throw new Error(`no certificate could be made: ${made.stderr.toString()}`);
  return { path, text: readFileSync(path, "utf8"), key: readFileSync(key, "utf8") };
}

/** Has a server of a test's own offer encryption with a certificate from now on. `url` is that of a superuser. */
export async function offerTls(url: string, { text, key }: Certificate): Promise<void> {
  // Only the server may write into the folder of its data, which is where it runs programs.
  await queryPostgres(url, keep("server.crt", text), keep("server.key", key), "alter system set ssl = on");
  await queryPostgres(url, "select pg_reload_conf()");
}

function keep(name: string, text: string): string {
  return `copy (select regexp_split_to_table('${text.trimEnd()}', '\\n')) to program 'umask 077 && cat > ${name}'`;
}
