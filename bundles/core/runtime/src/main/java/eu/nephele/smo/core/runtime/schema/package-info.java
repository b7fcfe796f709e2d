// SPDX-License-Identifier: Apache-2.0
/** Schemas of kinds, read at once or with the first document. */
package eu.nephele.smo.core.runtime.schema;
