/** The same for `import`. */

export * from "./emulator.js";
