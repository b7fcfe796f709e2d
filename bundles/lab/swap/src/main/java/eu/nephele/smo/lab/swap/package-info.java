// SPDX-License-Identifier: Apache-2.0
/** Asks a running server for decisions, evenly, while somebody else changes its plugins, and looks at what was recorded. */
package eu.nephele.smo.lab.swap;
