// SPDX-License-Identifier: Apache-2.0
/** Gets bundles of partners in and out of a running server. */
package eu.nephele.smo.core.plugins;
