// SPDX-License-Identifier: Apache-2.0
/** What is counted of resources. */
package eu.nephele.smo.core.runtime.measure;
