// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.profile;

/**
 * One version of an artifact: what a profile is of, in whatever graph it runs.
 *
 * @param artifact reference without tag and digest
 * @param version tag, else digest; "" where the reference has neither
 */
public record ArtifactVersion(String artifact, String version) {

    /** @param reference {@code oci://host[:port]/path[:tag][@digest]} */
    public static ArtifactVersion of(String reference) {
        int at = reference.indexOf('@');
        String named = at < 0 ? reference : reference.substring(0, at);
        int colon = named.lastIndexOf(':');
        if (colon > named.lastIndexOf('/')) {
            return new ArtifactVersion(named.substring(0, colon), named.substring(colon + 1));
        }
        return new ArtifactVersion(named, at < 0 ? "" : reference.substring(at + 1));
    }

    /** {@code artifact:version} */
    @Override
    public String toString() {
        return version.isEmpty() ? artifact : artifact + ":" + version;
    }
}
