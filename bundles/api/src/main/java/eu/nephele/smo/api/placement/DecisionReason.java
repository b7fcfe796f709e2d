// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

/** Why a placement is decided. */
public enum DecisionReason {
    /** first placement of a graph */
    DEPLOY,
    /** a stopped graph starts and its old place is gone */
    START,
    /** a new descriptor */
    UPDATE,
    /** somebody asked for a better placement */
    REPLACE,
    /** a cluster is gone */
    FAILOVER,
    /** a cluster is being emptied */
    DRAIN,
    /** a service shall leave its cluster now */
    MOVE,
    /** services shall go to a named cluster */
    OFFLOAD,
    /** replicas do not fit where the service is */
    SCALE,
    /** a cluster is back, and the graph wants its services where they were */
    RETURN,
    /** a plan is applied as it was shown */
    PLAN,
    /** what was decided in a hurry, or under other signals, is decided again when there is nothing else to do */
    IMPROVE
}
