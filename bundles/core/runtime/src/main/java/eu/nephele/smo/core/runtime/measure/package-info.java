// SPDX-License-Identifier: Apache-2.0
/** Metrics of resources. */
package eu.nephele.smo.core.runtime.measure;
