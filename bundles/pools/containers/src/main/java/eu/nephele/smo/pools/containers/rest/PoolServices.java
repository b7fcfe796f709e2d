// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.DecisionHistory;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.runtime.Permissions;

/** What the core knows and does. */
record PoolServices(GraphService graphs, ClusterService clusters, DecisionHistory decisions, Permissions permissions) {}
