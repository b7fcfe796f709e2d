/** The JSON Schema of descriptors, composed with what is installed, and errors in our own words. */
package eu.nephele.smo.core.descriptor.schema;
