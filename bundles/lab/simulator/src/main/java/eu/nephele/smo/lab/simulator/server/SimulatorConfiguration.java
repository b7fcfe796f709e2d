// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the simulated federation in a server. A change makes a new world. */
@ObjectClassDefinition(
        name = "SMO simulated federation",
        description =
                "Clusters, workloads, load and failures that exist only in this process. A change makes a new world.")
@interface SimulatorConfiguration {

    /** Value for the scenario that is built into the bundle. */
    String BUILT_IN = "default";

    /** Value for all ports. */
    String EVERYTHING = "everything";

    /** Value for the delay of the scenario. */
    long BY_SCENARIO = -1;

    @AttributeDefinition(description = "Path of a scenario file (YAML), or 'default' for the one of the demo")
    String scenario() default BUILT_IN;

    @AttributeDefinition(
            description = "What is simulated: 'everything', or only 'metrics', 'signals' or both, beside real clusters:"
                    + " then load is by the names of services, signals by the names of clusters")
    String[] simulates() default {EVERYTHING};

    @AttributeDefinition(description = "Seconds of the world per second of real time, above 0")
    double timeFactor() default 1;

    @AttributeDefinition(
            description =
                    "Milliseconds, in world time, from the scheduling of a pod until it is ready; -1: as the scenario says")
    long startupDelayMillis() default BY_SCENARIO;

    @AttributeDefinition(
            description =
                    "Where notifications about alerts go (POST, as of Alertmanager); empty: /alerts of this server;"
                            + " 'none': nowhere")
    String alertsUrl() default "";

    @AttributeDefinition(
            description =
                    "Reference of the bearer token that goes with them, for example file:alerts.token; empty: none")
    String alertsSecret() default "";

    @AttributeDefinition(
            description =
                    "Milliseconds, in world time, between evaluations of the alert rules; -1: as the scenario says, else 1000")
    long evaluationIntervalMillis() default BY_SCENARIO;

    @AttributeDefinition(
            description =
                    "Milliseconds, in world time, from the first alert of a graph to its notification; -1: as the scenario says, else 0")
    long groupWaitMillis() default BY_SCENARIO;

    @AttributeDefinition(
            description =
                    "Milliseconds, in world time, between notifications of a graph; -1: as the scenario says, else 1000")
    long groupIntervalMillis() default BY_SCENARIO;

    @AttributeDefinition(
            description =
                    "Milliseconds, in world time, until a notification is repeated; -1: as the scenario says, else 60000")
    long repeatIntervalMillis() default BY_SCENARIO;

    @AttributeDefinition(description = "Whether the end of an alert is notified, unless the scenario forbids it")
    boolean sendResolved() default true;
}
