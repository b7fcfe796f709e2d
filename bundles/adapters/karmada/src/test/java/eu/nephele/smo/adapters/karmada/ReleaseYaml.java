// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

/** Objects of a release beside its service, with the marks of Helm, in the namespace of its name. */
public final class ReleaseYaml {

    private static final String HEAD = """
            apiVersion: %1$s
            kind: %2$s
            metadata:
              name: %4$s
              namespace: %3$s
              generation: 1
              labels: {app.kubernetes.io/managed-by: Helm}
              annotations: {meta.helm.sh/release-name: %3$s}
            """;

    private ReleaseYaml() {}

    /** Its pods have the label {@code app}. A status may follow. */
    public static String daemonSet(String release, String name) {
        return HEAD.formatted("apps/v1", "DaemonSet", release, name) + """
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template: {metadata: {labels: {app: %1$s}}, spec: {containers: [{name: main, image: x}]}}
                """.formatted(name);
    }

    /** The Job fails with its first failed pod. */
    public static String job(String release, String name, int completions) {
        return HEAD.formatted("batch/v1", "Job", release, name) + """
                spec:
                  backoffLimit: 0
                  completions: %d
                  template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}
                """.formatted(completions);
    }
}
