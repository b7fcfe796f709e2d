// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO engine", description = "Reconciler, capacity ledger and scaling pass.")
@interface EngineConfig {

    @AttributeDefinition(description = "Graphs that are reconciled at the same time.", min = "1", max = "64")
    int workers() default 4;

    @AttributeDefinition(description = "Interval of passes over a graph that has not converged.", min = "10")
    int pollMillis() default 500;

    @AttributeDefinition(description = "Interval of passes over a graph that has converged.", min = "1")
    int driftSeconds() default 15;

    @AttributeDefinition(description = "Wait after a first failure; doubles with each further one.", min = "1")
    int firstBackOffMillis() default 200;

    @AttributeDefinition(
            description = "Longest wait between two retries; a third of it where a system is only unavailable.",
            min = "1")
    int longestBackOffSeconds() default 30;

    @AttributeDefinition(
            description = "How long a cluster may be unavailable before its services are moved.",
            min = "0")
    int failoverGraceSeconds() default 10;

    @AttributeDefinition(
            description = "How long changes of clusters are collected before they are processed.",
            min = "0")
    int settleMillis() default 100;

    @AttributeDefinition(description = "How long a deployment waits for a removal under the same name.", min = "0")
    int removalWaitSeconds() default 30;

    @AttributeDefinition(
            description = "How long a change may take before it counts as failed; 0 for no limit.",
            min = "0")
    int progressDeadlineSeconds() default 600;

    @AttributeDefinition(description = "Interval of comparing everything outside with the desired state.", min = "1")
    int sweepSeconds() default 30;

    @AttributeDefinition(description = "How long an orphan is left before it is removed.", min = "0")
    int orphanGraceSeconds() default 60;

    @AttributeDefinition(
            description = "Shortest time between two placements of a graph for lack of capacity for its replicas,"
                    + " between two for better places, and between two that follow another graph.",
            min = "1")
    int replacementIntervalSeconds() default 300;

    @AttributeDefinition(description = "How long a plan can be applied.", min = "1")
    int planValiditySeconds() default 900;

    @AttributeDefinition(
            description =
                    "Graphs that may wait for a pass because of a change, or of its consequences; beyond that, further"
                            + " changes are answered 503 with Retry-After. Routine passes and outside events do not"
                            + " count.",
            min = "1")
    int maxQueuedChanges() default 2_500;

    @AttributeDefinition(
            description =
                    "Graphs that are being removed and may wait for a pass; further removals are answered 503 with"
                            + " Retry-After.",
            min = "1")
    int maxQueuedRemovals() default 20_000;

    @AttributeDefinition(
            description =
                    "How long a change may wait for its first pass; while one waits longer, further changes are answered"
                            + " 503 with Retry-After.",
            min = "1")
    int maxQueueSeconds() default 120;

    @AttributeDefinition(
            description =
                    "Operations of one principal that may be under way; beyond that, further changes of it are answered 429"
                            + " with Retry-After. Removals are admitted; 0 for no limit.",
            min = "0")
    int maxOperationsPerPrincipal() default 2_000;

    @AttributeDefinition(
            description =
                    "Principals to whom maxOperationsPerPrincipal does not apply: that of the administrator's token,"
                            + " and all callers together where no credentials are needed.")
    String[] unlimitedPrincipals() default {"admin", "anonymous"};

    @AttributeDefinition(description = "Interval of decisions on replicas, unless a graph has its own.", min = "1")
    int scalingIntervalSeconds() default 30;

    @AttributeDefinition(description = "Interval between two measurements of the metrics system.", min = "1")
    int scrapeIntervalSeconds() default 15;

    @AttributeDefinition(description = "Window of request rates; at least four scrape intervals.", min = "1")
    int rateWindowSeconds() default 60;

    @AttributeDefinition(description = "Length of the load history for strategies that need it.", min = "1")
    int historyMinutes() default 180;

    @AttributeDefinition(description = "Interval between two points of the load history.", min = "1")
    int historyStepSeconds() default 60;

    @AttributeDefinition(description = "Default upper bound of replicas.", min = "1")
    int maxReplicas() default 5;

    @AttributeDefinition(description = "Default requests per second that one more replica serves.")
    double alpha() default 1;

    @AttributeDefinition(description = "Default requests per second beside those of the replicas.")
    double beta() default 0;

    @AttributeDefinition(description = "Known services: id=alpha,beta,maxReplicas")
    String[] profiles() default {
        "image-compression-vo=33.33,-16.66,3", "noise-reduction=0.533,-0.416,3", "image-detection=1.67,-0.01,3"
    };
}
