// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the adapter of Helm. */
@ObjectClassDefinition(
        name = "SMO Helm",
        description = "Installs services as releases of Helm charts, in a worker process of its own.")
@interface HelmConfig {

    @AttributeDefinition(
            description =
                    "Connection for clusters whose registry reports none: REFERENCE[#CONTEXT], a secret reference (file:, env:)"
                            + " of a kubeconfig and a context in it. Empty: registries report all connections.")
    String kubeconfig() default "";

    @AttributeDefinition(description = "How long Helm may take for one call, hooks of the chart included.", min = "1")
    int timeoutSeconds() default 120;

    @AttributeDefinition(description = "How long a connection to an API server may take.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(description = "How long an API server may take for an answer.", min = "1")
    int timeoutMillis() default 10000;

    @AttributeDefinition(
            description = "Age at which a change that was interrupted, by a crash, counts as given up.",
            min = "1")
    int pendingSeconds() default 15;

    @AttributeDefinition(description = "Revisions of a release that are kept; older ones are deleted.", min = "2")
    int historyLimit() default 5;

    @AttributeDefinition(description = "Names of values of a chart that take the number of replicas.")
    String[] replicaValues() default {"replicas", "replicaCount"};

    @AttributeDefinition(
            description = "Whether a namespace that this adapter made is deleted when nothing is left in it.")
    boolean removeNamespaces() default false;

    @AttributeDefinition(description = "Largest release that is read, unpacked.", min = "64")
    int maxReleaseKiB() default 16384;

    @AttributeDefinition(description = "Calls of Helm that run at a time.", min = "1", max = "64")
    int parallel() default 8;

    @AttributeDefinition(
            description = "Largest heap of the worker; the native part of Helm comes on top of it.",
            min = "32")
    int workerHeapMiB() default 96;

    @AttributeDefinition(description = "A worker is replaced after this many calls.", min = "1")
    int workerCalls() default 2000;

    @AttributeDefinition(description = "A worker is replaced when its resident memory is above this.", min = "128")
    int workerMemoryMiB() default 768;
}
