/** Measures the cost of decisions; a program, not a bundle. */
package eu.nephele.smo.lab.harness.decisions;
