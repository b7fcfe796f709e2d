/** Checks beyond the schema: references, cycles, intents, strategies, project names. */
package eu.nephele.smo.core.descriptor.check;
