// SPDX-License-Identifier: Apache-2.0
/** Schemas of kinds: which are read at once, and which with the first document. */
package eu.nephele.smo.core.runtime.schema;
