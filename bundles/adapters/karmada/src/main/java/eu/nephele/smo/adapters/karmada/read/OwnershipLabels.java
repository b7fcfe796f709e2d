// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Our labels and annotations, and those of Helm that identify a workload. */
public final class OwnershipLabels {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String SMO = "smo";
    public static final String HELM = "Helm";
    public static final String RELEASE = "meta.helm.sh/release-name";
    public static final String WORKLOAD = "smo.nephele.eu/workload";
    public static final String KEY = "smo.nephele.eu/key";
    /** Object and pod template from which a copy on a cluster was made: {@code uid/digest}. */
    public static final String REVISION = "smo.nephele.eu/revision";

    /** On a workload beside a service: {@code "false"} leaves it to its chart, neither awaited nor placed. */
    static final String JUDGED = "smo.nephele.eu/judged";

    static final String PROVIDER = "smo.nephele.eu/provider";
    static final String CARBON = "smo.nephele.eu/carbon-intensity";
    static final String RENEWABLE = "smo.nephele.eu/renewable-share";
    static final String PRICE = "smo.nephele.eu/price";
    static final String IDLE_WATTS = "smo.nephele.eu/idle-watts";
    static final String PEAK_WATTS = "smo.nephele.eu/peak-watts";
    static final String POD_CIDR = "smo.nephele.eu/pod-cidr";
    static final String SERVICE_CIDR = "smo.nephele.eu/service-cidr";

    private static final int LONGEST = 63;
    private static final int KEPT = 50;
    private static final int DIGITS = 12;

    private OwnershipLabels() {}

    /** Labels of a workload's own objects; other ownership labels (Helm's) stay. */
    public static Map<String, String> labels(WorkloadRef workload) {
        return new TreeMap<>(Map.of(
                "smo.nephele.eu/project", label(workload.graph().project()),
                "smo.nephele.eu/graph", label(workload.graph().name()),
                "smo.nephele.eu/service", label(workload.service())));
    }

    public static Map<String, String> ownLabels(WorkloadRef workload) {
        Map<String, String> labels = labels(workload);
        labels.put(MANAGED_BY, SMO);
        return labels;
    }

    public static Map<String, String> annotations(StepKey key) {
        return new TreeMap<>(Map.of(WORKLOAD, key.workload().toString(), KEY, key.toString()));
    }

    /** The text itself where Kubernetes allows it as value of a label, else its beginning and a digest of it. */
    public static String label(String text) {
        if (text.length() <= LONGEST && text.matches("([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?")) {
            return text;
        }
        String allowed = text.replaceAll("[^A-Za-z0-9_.-]", "").replaceAll("^[^A-Za-z0-9]+", "");
        String kept = allowed.substring(0, Math.min(KEPT, allowed.length()));
        return kept.isEmpty() ? digest(text) : kept + "-" + digest(text);
    }

    static String digest(String text) {
        return HexFormat.of().formatHex(sha256(text)).substring(0, DIGITS);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
