/** Parses bytes to a tree, within limits: UTF-8, JSON, YAML. */
package eu.nephele.smo.core.descriptor.syntax;
