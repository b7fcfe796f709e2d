// SPDX-License-Identifier: Apache-2.0
/** Plugins in the framework: brought in, examined, let through, taken out. */
package eu.nephele.smo.core.plugins.life;
