// SPDX-License-Identifier: Apache-2.0
/** What a file must be before any of its code runs. */
package eu.nephele.smo.core.plugins.admission;
