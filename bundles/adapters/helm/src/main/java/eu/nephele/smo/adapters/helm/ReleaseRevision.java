// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.time.Instant;
import java.util.Map;

/**
 * A revision of a release as Helm stores it: a Secret.
 *
 * @param namespace of Secret and release
 * @param number from 1
 * @param since time of Helm's last write, by the clock of its process
 * @param data packed content
 * @param fingerprint changes with every change of the Secret
 */
record ReleaseRevision(
        String secret,
        String namespace,
        String name,
        int number,
        String status,
        Instant since,
        Map<String, String> labels,
        Map<String, String> annotations,
        String data,
        String fingerprint,
        String resourceVersion) {

    boolean isDeployed() {
        return status.equals("deployed");
    }

    boolean isPending() {
        return status.startsWith("pending-");
    }

    /** Returns whether it was deployed once. */
    boolean wasDeployed() {
        return isDeployed() || status.equals("superseded");
    }

    boolean isLabelled() {
        return ReleaseLabels.SMO.equals(labels.get(ReleaseLabels.MANAGED_BY));
    }
}
