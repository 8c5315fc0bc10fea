// Preloaded into a node program so that it ends when whoever started it does.
process.stdin.resume().on("end", () => process.exit(0));
