/** The same for `import`. One implementation serves both, so that a class is one class in a whole program. */

export * from "./index.js";
