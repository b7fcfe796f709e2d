// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the strategies. */
@ObjectClassDefinition(
        id = ConfiguredSettings.PID,
        name = "SMO strategies",
        description = "Default strategies and the limits of their calls.")
public @interface StrategiesConfig {
    @AttributeDefinition(description = "Placement strategy for a graph that is deployed or started.")
    String initialPlacement() default "auto";

    @AttributeDefinition(
            description = "Placement strategy instead of first-fit for a graph that weighs objectives in its own way.")
    String weightedPlacement() default "greedy";

    @AttributeDefinition(description = "Placement strategy for a graph that is placed already.")
    String replacement() default "auto";

    @AttributeDefinition(description = "Placement strategy that decides when the requested one cannot.")
    String fallbackPlacement() default "first-fit";

    @AttributeDefinition(description = "Scaling strategy; empty: replicas stay as they are.", required = false)
    String scaling() default "";

    @AttributeDefinition(description = "Parameters of the scaling strategy, a JSON object.")
    String scalingParameters() default "{}";

    @AttributeDefinition(description = "Weights of objectives, name=weight or name=weight@level.", required = false)
    String[] objectives() default {"moves=1"};

    @AttributeDefinition(
            description =
                    "Whether these weights count shares of what each objective can attain, instead of costs in its own unit.")
    boolean normalised() default false;

    @AttributeDefinition(
            description = "Strategies of projects, project={\"placement\": {…}, \"scaling\": {…}} as in a descriptor.",
            required = false)
    String[] projectDefaults() default {};

    @AttributeDefinition(
            description =
                    "Milliseconds that a placement strategy may use: what its thread runs and what it waits. In wall-clock time it has ten times as long, and 2 s at least.")
    long placementBudgetMillis() default 1_000;

    @AttributeDefinition(description = "Milliseconds that a scaling strategy may use per call.")
    long scalingBudgetMillis() default 100;

    @AttributeDefinition(description = "Milliseconds that an intent handler may use per intent.")
    long intentBudgetMillis() default 500;

    @AttributeDefinition(description = "Milliseconds that a call may use beyond its budget before it is given up.")
    long graceMillis() default 100;

    @AttributeDefinition(description = "How many strategies may run at the same time.")
    int poolSize() default 4;

    @AttributeDefinition(description = "Milliseconds to wait for a strategy that is not there, once per strategy.")
    long missingWaitMillis() default 2_000;

    @AttributeDefinition(
            description = "A strategy, objective or handler is ejected after so many faults in a row; 0: never.")
    int ejectAfterFaults() default 3;

    @AttributeDefinition(description = "It is ejected after so many faults within ejectWindowSeconds; 0: never.")
    int ejectAfterFaultsInWindow() default 5;

    @AttributeDefinition(description = "Seconds that a fault counts for ejectAfterFaultsInWindow.")
    long ejectWindowSeconds() default 60;

    @AttributeDefinition(
            description =
                    "Threads that ignore their interruption, with more of them the server says that it must be restarted; "
                            + "0: 1 on up to two processors, else 2.")
    int maxAbandonedThreads() default 0;

    @AttributeDefinition(
            description =
                    "MiB that a call may allocate, checked every 20 ms if the Java runtime reports it; 0: any number.")
    long allocationLimitMiB() default 256;

    @AttributeDefinition(
            description =
                    "Threads that code of one bundle may have running beside its call; with more it is ejected at once; 0: any number.")
    int maxThreads() default 64;
}
