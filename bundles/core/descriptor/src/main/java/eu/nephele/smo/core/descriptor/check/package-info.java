/** What a schema cannot say: references, cycles, intents, strategies, project names. */
package eu.nephele.smo.core.descriptor.check;
