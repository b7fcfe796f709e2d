// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.runtime.SmoException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intents in force, by file. A file with a mistake is refused as a whole: what it said before stays. Of two files that define the same
 * intent the one that came first stays, of one moment the one with the first name.
 */
final class RuleBook {

    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

    private final RuleFileReader reader;
    private final IntentPublisher publisher;
    private final SortedMap<String, List<RuleIntent>> inForce = new TreeMap<>();
    private final SortedMap<String, String> refused = new TreeMap<>();
    private final SortedMap<String, byte[]> refusedContents = new TreeMap<>();

    RuleBook(RuleFileReader reader, IntentPublisher publisher) {
        this.reader = reader;
        this.publisher = publisher;
    }

    /** Offers handlers to the server. */
    interface IntentPublisher {

        /** Replaces all that the file offered before, without a gap. */
        void publish(String file, List<RuleIntent> intents);

        /** Others that offer a handler of this intent as well, for people. */
        default List<String> others(String intent) {
            return List.of();
        }
    }

    /** @param changes content by file; empty where the file is gone */
    synchronized void change(SortedMap<String, Optional<byte[]>> changes) {
        changes.forEach((file, content) -> {
            if (content.isEmpty()) {
                refused.remove(file);
                refusedContents.remove(file);
                put(file, List.of());
            }
        });
        // what was refused because of another file may be right now
        SortedMap<String, byte[]> contents = new TreeMap<>(changes.isEmpty() ? Map.of() : refusedContents);
        changes.forEach((file, content) ->
                content.ifPresentOrElse(bytes -> contents.put(file, bytes), () -> contents.remove(file)));
        contents.forEach(this::read);
    }

    private void read(String file, byte[] bytes) {
        try {
            List<RuleIntent> intents = reader.read(bytes);
            refuseThoseOfOthers(file, intents);
            refused.remove(file);
            refusedContents.remove(file);
            put(file, intents);
        } catch (SmoException wrong) {
            String kept =
                    inForce.containsKey(file) ? "what it said before stays in force" : "nothing of it is in force";
            refusedContents.put(file, bytes);
            refused.put(file, "%s is refused, %s: %s".formatted(file, kept, wrong.getMessage()));
            LOG.warn("rule file refused file={} reason=\"{}\"; {}", file, wrong.getMessage(), kept);
        }
    }

    private void refuseThoseOfOthers(String file, List<RuleIntent> intents) {
        inForce.forEach((other, theirs) -> {
            Set<String> names = new HashSet<>();
            theirs.forEach(intent -> names.add(intent.name()));
            Optional<String> shared = other.equals(file) ? Optional.empty() : RuleFileReader.shared(intents, names);
            shared.ifPresent(name -> {
                throw SmoException.invalid("intent %s is defined by %s already".formatted(name, other), List.of());
            });
        });
    }

    private void put(String file, List<RuleIntent> intents) {
        if (intents.isEmpty()) {
            inForce.remove(file);
        } else {
            inForce.put(file, intents);
        }
        publisher.publish(file, intents);
        LOG.info(
                "rule file in force file={} intents={}",
                file,
                intents.stream().map(RuleIntent::name).toList());
    }

    /** One sentence for each file that is refused, and for each intent that somebody else handles, too. */
    synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>(refused.values());
        inForce.forEach((file, intents) -> intents.forEach(intent -> {
            List<String> others = publisher.others(intent.name());
            if (!others.isEmpty()) {
                warnings.add("the intent %s of %s has another handler, of %s: GET /api/v1/intents says whose counts"
                        .formatted(intent.name(), file, String.join(", ", others)));
            }
        }));
        return warnings;
    }

    synchronized void close() {
        List.copyOf(inForce.keySet()).forEach(file -> put(file, List.of()));
    }
}
