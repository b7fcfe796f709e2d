// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.kubernetes;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of secrets in Kubernetes. */
@ObjectClassDefinition(
        name = "SMO secrets in Kubernetes",
        description =
                "Secrets by reference in the Secrets of one Kubernetes cluster, k8s:NAMESPACE/NAME/KEY: that which this server runs in, or"
                        + " that of a kubeconfig.")
@interface KubernetesSecretsConfig {

    @AttributeDefinition(
            description =
                    "Reference (file:PATH, env:NAME) of a kubeconfig, used with its current context; empty: the service account of the pod")
    String kubeconfig() default "";

    @AttributeDefinition(description = "Folder with token and ca.crt of the service account of the pod")
    String serviceAccount() default "/var/run/secrets/kubernetes.io/serviceaccount";

    @AttributeDefinition(description = "How long a connection may take.", min = "1")
    int connectTimeoutMillis() default 1000;

    @AttributeDefinition(description = "How long a whole answer may take.", min = "1")
    int timeoutMillis() default 3000;

    @AttributeDefinition(description = "How long a value is used without asking again.", min = "1")
    int cacheSeconds() default 10;

    @AttributeDefinition(
            description = "How long the last value is used while the API server cannot be reached.",
            min = "0")
    int keptMinutes() default 60;
}
