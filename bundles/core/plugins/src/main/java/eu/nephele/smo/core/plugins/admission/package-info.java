// SPDX-License-Identifier: Apache-2.0
/** Checks of a file before any of its code runs. */
package eu.nephele.smo.core.plugins.admission;
