// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of one Prometheus. */
@ObjectClassDefinition(
        name = "SMO Prometheus",
        description =
                "Address and queries of a Prometheus, and the way in which it gets the alert rules of conditional services. "
                        + "Several of them: files that end in ~NAME.cfg.")
@interface PrometheusConfig {

    @AttributeDefinition(description = "Name in failures and metrics; several Prometheus have different names")
    String system() default "prometheus";

    @AttributeDefinition(description = "Address of Prometheus, http or https, with its path if it has one; required")
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
            description = "Reference (file:PATH, env:NAME) of a bearer token; it takes precedence over username")
    String token() default "";

    @AttributeDefinition(description = "User, if token is empty; empty: no credentials are sent")
    String username() default "";

    @AttributeDefinition(description = "Reference (file:PATH, env:NAME) of the password of the user")
    String password() default "";

    @AttributeDefinition(
            name = "service.ranking",
            description = "Of several Prometheus the one with the highest ranking is queried")
    int service_ranking() default 0;

    @AttributeDefinition(
            description = "Query of a metric, NAME=PROMQL, or NAME@LABEL=PROMQL if the service is in another label than"
                    + " serviceLabel. $selector: matchers of all requested services; $labels: their labels, to group by;"
                    + " $services, $namespaces: regular expressions; $window. With $service and $namespace instead, each service is"
                    + " queried separately")
    String[] metrics() default {
        "request_rate=sum by ($labels) (rate(flask_http_request_total{$selector}[$window]))",
        "cpu_cores@container=sum by ($labels) (rate(container_cpu_usage_seconds_total{$selector}[$window]))",
        "memory_bytes@container=sum by ($labels) (container_memory_working_set_bytes{$selector})",
        "ready_replicas@deployment=sum by ($labels) (kube_deployment_status_replicas_ready{$selector})"
    };

    @AttributeDefinition(description = "Label with the name of a service")
    String serviceLabel() default "service";

    @AttributeDefinition(description = "Label with the namespace, which is the project; empty: there is none")
    String namespaceLabel() default "namespace";

    @AttributeDefinition(
            description = "How often Prometheus measures; rates are taken over at least four times as long",
            min = "1")
    int scrapeIntervalSeconds() default 15;

    @AttributeDefinition(description = "Age above which a value counts as no data", min = "1")
    int stalenessSeconds() default 60;

    @AttributeDefinition(description = "Longest query; longer ones are divided", min = "500")
    int maxQueryChars() default 8000;

    @AttributeDefinition(
            description =
                    "Most queries of descriptors at a time; those left out come first the next time, and meanwhile their last"
                            + " values count within stalenessSeconds",
            min = "1")
    int maxOwnQueries() default 200;

    @AttributeDefinition(
            description = "How alert rules get into Prometheus: none; objects: as PrometheusRule, for the operator;"
                    + " files: into rulesFolder, for a plain Prometheus with --web.enable-lifecycle")
    String rules() default "none";

    @AttributeDefinition(description = "Label severity of alert rules")
    String severity() default "critical";

    @AttributeDefinition(description = "files: folder that rule_files of Prometheus names, as FOLDER/*.yml")
    String rulesFolder() default "";

    @AttributeDefinition(description = "objects: reference (file:PATH, env:NAME) of a kubeconfig")
    String kubeconfig() default "";

    @AttributeDefinition(description = "objects: context of the kubeconfig; empty: its current one")
    String context() default "";

    @AttributeDefinition(description = "objects: namespace that they are written to; it has to exist")
    String namespace() default "monitoring";

    @AttributeDefinition(description = "objects: name of an object; $project: one for each project")
    String objectName() default "smo-$project";

    @AttributeDefinition(description = "objects: labels that the operator selects by, NAME=VALUE")
    String[] objectLabels() default {"release=kube-prometheus-stack"};
}
