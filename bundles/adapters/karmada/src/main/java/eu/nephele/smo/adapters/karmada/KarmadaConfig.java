// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of one Karmada. */
@ObjectClassDefinition(
        name = "SMO Karmada",
        description =
                "The member clusters of a Karmada and the workloads on them. The part of the PID behind ~ is the name of"
                        + " the source of clusters; without it, karmada.")
@interface KarmadaConfig {

    @AttributeDefinition(
            description = "Reference of a secret that is the kubeconfig of the control plane, for example"
                    + " file:karmada.kubeconfig; read again when its credentials are refused.")
    String kubeconfig() default "";

    @AttributeDefinition(description = "Context in the kubeconfig; empty: its current one.")
    String context() default "";

    @AttributeDefinition(
            description =
                    "Namespaces where workloads are watched; empty: all. With some, the rights may be limited to them.")
    String[] namespaces() default {};

    @AttributeDefinition(description = "Names of resources that are whole GPUs.")
    String[] gpuResources() default {"nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe"};

    @AttributeDefinition(description = "Milliseconds in which the control plane has to be reached.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(description = "Milliseconds in which an answer has to be complete.", min = "1")
    int timeoutMillis() default 10_000;

    @AttributeDefinition(description = "Largest accepted answer, in KiB; lists come in pages of 500.", min = "1")
    int maxAnswerKiB() default 65_536;

    @AttributeDefinition(description = "Proxy on the way to the control plane, http://HOST:PORT; empty: none.")
    String proxy() default "";

    @AttributeDefinition(
            description =
                    "File with certificates (PEM) that are trusted instead of those of the kubeconfig; empty: those.")
    String caFile() default "";

    @AttributeDefinition(
            description = "Seconds after which everything is listed again, independent of the watches; Works, which are"
                    + " large, after five times that.",
            min = "1")
    int resyncSeconds() default 60;

    @AttributeDefinition(
            description = "Seconds without an answer after which the last state of workloads becomes invalid.",
            min = "1")
    int unreachableSeconds() default 15;

    @AttributeDefinition(
            description =
                    "Seconds without an answer of a member cluster, probed through the control plane, after which it is not"
                            + " ready, whatever Karmada reports; 0: only Karmada decides, and members in Pull mode are never called.",
            min = "0")
    int memberSilentSeconds() default 6;
}
