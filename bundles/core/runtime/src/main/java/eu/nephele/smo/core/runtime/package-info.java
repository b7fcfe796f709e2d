// SPDX-License-Identifier: Apache-2.0
/** Resources of the kinds that bundles bring: kept, queued, brought to what they shall be by their controllers, told of. */
package eu.nephele.smo.core.runtime;
