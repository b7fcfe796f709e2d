// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls.TaggedContent;
import eu.nephele.smo.access.cli.profile.ProfileFile.NamedProfile;
import java.util.List;
import java.util.Optional;

/** Writes profiles one after the other: a server has no call for several. */
final class ProfileImport {

    private static final String PROPOSAL = "proposal";

    private final StoredProfiles stored;

    ProfileImport(StoredProfiles stored) {
        this.stored = stored;
    }

    /** @throws CallFailed saying how many were written before the one that was not */
    void write(List<NamedProfile> profiles) {
        for (int written = 0; written < profiles.size(); written++) {
            NamedProfile profile = profiles.get(written);
            try {
                write(profile);
            } catch (CallFailed failed) {
                throw failed.with(progress(failed, profile.name(), written, profiles.size()));
            }
        }
    }

    /** A fit of this machine must not take away what counts on the server. */
    private void write(NamedProfile profile) {
        Optional<TaggedContent> there = profile.isOnlyProposal() ? stored.findTagged(profile.name()) : Optional.empty();
        if (there.isEmpty()) {
            stored.put(profile.name(), profile.desired());
            return;
        }
        ObjectNode desired = there.get().content().path("desired").deepCopy();
        desired.set(PROPOSAL, profile.desired().path(PROPOSAL));
        stored.put(profile.name(), desired, there.get().tag());
    }

    private static String progress(CallFailed failed, String name, int written, int all) {
        String fate = failed.status() == CallFailed.UNREACHED
                ? "%s may be written or not".formatted(name)
                : "%s was refused".formatted(name);
        return "%d of %d profiles written; %s; %d not sent. Import the file again when the cause is gone: it writes all of them."
                .formatted(written, all, fate, all - written - 1);
    }
}
