self.postMessage({ kind: "started" });
