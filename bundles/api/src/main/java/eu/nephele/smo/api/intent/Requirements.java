// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.intent;

import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.ReplicaDivision;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** Collects what the intents of one graph mean. What several intents say adds up; hard constraints are never taken back. */
@ProviderType
public interface Requirements {

    /** Sets the resources of one replica of the service; the last call wins. */
    void resources(String service, Resources perReplica);

    /**
     * Allows a service only on clusters that match.
     *
     * @param why for people, shown for every cluster that does not match
     */
    void allowOnly(String service, Predicate<ClusterState> clusters, String why);

    /**
     * Allows a service only on clusters that match, also by their signals: carbon, renewable share, price. Signals change: the rule is
     * judged with those of the moment whenever something is decided about the graph, and a change of signals alone decides nothing.
     *
     * @param clusters is asked with {@link ClusterSignals#UNKNOWN} where nobody knows the signals of a cluster
     * @param why for people, shown for every cluster that does not match
     */
    void allowOnly(String service, BiPredicate<ClusterState, ClusterSignals> clusters, String why);

    /**
     * Prefers clusters that match for a service. Every other cluster costs the weight, in the objective {@code preferences}; a preference that is
     * given up is told with the decision.
     *
     * @param clusters is asked as that of {@link #allowOnly(String, BiPredicate, String)}
     * @param weight what giving it up costs, more than 0; a move costs 1 unless configured otherwise
     * @param why for people, shown where it is given up
     */
    void prefer(String service, BiPredicate<ClusterState, ClusterSignals> clusters, double weight, String why);

    /** The services must share one cluster. */
    void together(Set<String> services);

    /**
     * The services must be on clusters with one and the same value of a label. Clusters without the label have nothing in common:
     * there the services must share one cluster.
     *
     * @param why for people, shown for clusters with another value
     */
    void shareLabel(Set<String> services, String label, String why);

    /**
     * Allows a service only on clusters on which a service of another graph is. Where that is, is looked up whenever something is
     * decided about this graph. After a move of the other one it is decided again if the value of an intent names that graph by a member
     * {@code groundedGraphId}, as that of {@code coLocation} does; else the move alone decides nothing.
     *
     * @param graph name of the other graph, of the same project
     * @param other service of that graph
     */
    void nextTo(String service, String graph, String other);

    /** The two services must not share a cluster. */
    void apart(String one, String other);

    /** The latency between the clusters of two linked services must not exceed this many ms. */
    void maxLatency(String from, String to, double millis);

    /**
     * Where nobody knows the latency between two clusters with the same value of a label, it counts as this many ms for the graph. Of
     * several values the largest counts.
     */
    void assumeLatency(String label, double millis);

    /** Replicas have to be on at least this many clusters. */
    default void spread(String service, int overClusters) {
        spread(service, ReplicaDivision.over(overClusters));
    }

    /** Replicas have to be divided like this; of several divisions of a service, the narrower limits count. */
    void spread(String service, ReplicaDivision division);

    /** Bounds of the replicas of one service, beside those of the descriptor; the narrower ones count. */
    void replicas(String service, OptionalInt min, OptionalInt max);

    /** Bounds of the sum of replicas over the graph. */
    void totalReplicas(OptionalInt min, OptionalInt max);

    /** A weight for a placement objective; weights that the user gives explicitly win over it. */
    void weight(String objective, ObjectiveWeight weight);

    /** Optimisation must not move the graph once it is placed; failover may. */
    void keepPlacement(String why);

    /** Something the user should know; shown in the answer to the deployment and as a condition. */
    void warn(String message);
}
