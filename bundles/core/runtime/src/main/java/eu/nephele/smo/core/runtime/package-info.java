// SPDX-License-Identifier: Apache-2.0
/** Resources of the kinds that bundles provide: stored, queued, reconciled by their controllers, published. */
package eu.nephele.smo.core.runtime;
