// SPDX-License-Identifier: Apache-2.0
/** Clusters, hosts and virtual infrastructure on demand, as resources of the kind {@code infrastructure}. */
package eu.nephele.smo.core.infrastructure;
