// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the dashboards in Grafana. */
@ObjectClassDefinition(
        name = "SMO Grafana",
        description = "Address of Grafana, and the Prometheus queries of dashboards of graphs, services and clusters.")
@interface GrafanaConfig {

    @AttributeDefinition(description = "Address of Grafana, http or https, with its path if it has one; required")
    String url() default "";

    @AttributeDefinition(description = "How long a connection may take.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(description = "How long a whole answer may take.", min = "1")
    int timeoutMillis() default 10_000;

    @AttributeDefinition(description = "An answer that is longer is a failure, KiB", min = "1")
    int maxAnswerKiB() default 8192;

    @AttributeDefinition(description = "Proxy, http://HOST:PORT; empty: none")
    String proxy() default "";

    @AttributeDefinition(
            description =
                    "File with certificates (PEM) that are trusted instead of those of the Java runtime; empty: those")
    String caFile() default "";

    @AttributeDefinition(
            description =
                    "Reference (file:PATH, env:NAME) of the token of a service account; it takes precedence over username")
    String token() default "";

    @AttributeDefinition(description = "User, if token is empty; empty: no credentials are sent")
    String username() default "";

    @AttributeDefinition(description = "Reference (file:PATH, env:NAME) of the password of the user")
    String password() default "";

    @AttributeDefinition(description = "Address of Grafana as people's browsers reach it; empty: the same as url")
    String publicUrl() default "";

    @AttributeDefinition(
            description =
                    "Name of this installation, at most 40 characters: two that share a Grafana need different names")
    String owner() default "smo";

    @AttributeDefinition(description = "Title of the folder for the dashboards of clusters")
    String clustersFolder() default "SMO clusters";

    @AttributeDefinition(description = "uid of the Prometheus data source in Grafana")
    String datasourceUid() default "prometheus";

    @AttributeDefinition(description = "Refresh interval of an open dashboard; 0: never", min = "0")
    int refreshSeconds() default 5;

    @AttributeDefinition(
            description = "Window for the CPU of a service; at least four times the scrape interval",
            min = "1")
    int serviceCpuWindowSeconds() default 40;

    @AttributeDefinition(
            description = "Window for the throttling of a service; at least four times the scrape interval",
            min = "1")
    int throttlingWindowSeconds() default 40;

    @AttributeDefinition(description = "Window for the CPU of a cluster by mode", min = "1")
    int clusterCpuWindowSeconds() default 300;

    @AttributeDefinition(description = "Window for the busy share of a cluster's CPU", min = "1")
    int clusterBusyWindowSeconds() default 60;

    @AttributeDefinition(description = "Window for the disks of a cluster", min = "1")
    int diskWindowSeconds() default 120;

    @AttributeDefinition(description = "Window for the network of a cluster", min = "1")
    int networkWindowSeconds() default 300;

    @AttributeDefinition(description = "Label with the namespace of a workload; empty: queries have no namespace")
    String namespaceLabel() default "namespace";

    @AttributeDefinition(description = "Label with the name of a pod")
    String podLabel() default "pod";

    @AttributeDefinition(description = "Label with the name of a container")
    String containerLabel() default "container";

    @AttributeDefinition(description = "Label with the name of a Deployment")
    String deploymentLabel() default "deployment";

    @AttributeDefinition(description = "Label with the name of a StatefulSet")
    String statefulSetLabel() default "statefulset";

    @AttributeDefinition(
            description =
                    "Labels by which the CPU of a service is summed; with pod and container each has a line of its own")
    String[] cpuGroupLabels() default {"pod_name", "container_name"};

    @AttributeDefinition(description = "Labels by which the memory of a service is summed")
    String[] memoryGroupLabels() default {"service"};

    @AttributeDefinition(description = "Label with the name of a cluster")
    String clusterLabel() default "source";

    @AttributeDefinition(description = "Label that distinguishes the nodes of a cluster")
    String instanceLabel() default "instance";
}
