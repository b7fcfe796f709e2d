// SPDX-License-Identifier: Apache-2.0
/** Documents of kinds: requested ones and former ones, checked against the present schema. */
package eu.nephele.smo.core.runtime.document;
