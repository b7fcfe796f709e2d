/** Measures what decisions cost; a program, not a bundle. */
package eu.nephele.smo.lab.benchmarks;
