// SPDX-License-Identifier: Apache-2.0
/** Documents of kinds: what is asked for, and what was accepted before, checked against the schema of now. */
package eu.nephele.smo.core.runtime.document;
