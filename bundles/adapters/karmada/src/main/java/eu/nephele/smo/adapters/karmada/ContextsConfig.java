// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of clusters without a Karmada. */
@ObjectClassDefinition(
        name = "SMO Kubernetes contexts",
        description =
                "Clusters without a Karmada: each context of a kubeconfig is one. The part of the PID behind ~ is the name"
                        + " of the source of clusters; without it, kubernetes.")
@interface ContextsConfig {

    @AttributeDefinition(
            description = "The clusters, NAME=REFERENCE or NAME=REFERENCE#CONTEXT each: reference of a secret that is a"
                    + " kubeconfig, and a context in it, for example edge=file:edge.kubeconfig#admin.")
    String[] contexts() default {};

    @AttributeDefinition(
            description = "Labels of clusters beside those that all their nodes have alike, NAME:KEY=VALUE each.")
    String[] labels() default {};

    @AttributeDefinition(description = "Namespaces where workloads are watched; empty: all.")
    String[] namespaces() default {};

    @AttributeDefinition(description = "Names of resources that are whole GPUs.")
    String[] gpuResources() default {"nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe"};

    @AttributeDefinition(description = "Milliseconds in which a cluster has to be reached.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(description = "Milliseconds in which an answer has to be complete.", min = "1")
    int timeoutMillis() default 10_000;

    @AttributeDefinition(description = "Largest accepted answer, in KiB; lists come in pages of 500.", min = "1")
    int maxAnswerKiB() default 65_536;

    @AttributeDefinition(description = "Proxy on the way to the clusters, http://HOST:PORT; empty: none.")
    String proxy() default "";

    @AttributeDefinition(
            description =
                    "File with certificates (PEM) that are trusted instead of those of the kubeconfigs; empty: those.")
    String caFile() default "";

    @AttributeDefinition(
            description = "Seconds after which everything is listed again, independent of the watches.",
            min = "1")
    int resyncSeconds() default 120;

    @AttributeDefinition(description = "Seconds without an answer after which a cluster is not ready.", min = "1")
    int unreachableSeconds() default 8;
}
