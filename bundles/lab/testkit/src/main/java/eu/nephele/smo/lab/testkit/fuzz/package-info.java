/** Hostile input for entries of the product: good samples and edits that break them. See docs/develop/fuzzing.md. */
package eu.nephele.smo.lab.testkit.fuzz;
