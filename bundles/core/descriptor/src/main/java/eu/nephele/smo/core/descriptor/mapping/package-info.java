/** Maps a checked tree to the model. */
package eu.nephele.smo.core.descriptor.mapping;
