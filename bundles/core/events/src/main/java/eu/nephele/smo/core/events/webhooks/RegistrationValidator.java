// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService.Registered;
import eu.nephele.smo.core.contract.event.WebhookService.Registration;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a registration into a webhook, or reports all its violations. */
final class RegistrationValidator {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationValidator.class);
    private static final Pattern TYPE = Pattern.compile("\\*|[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*(\\.?\\*)?");
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final int LONGEST_TYPE = 100;
    private static final int MOST_ENTRIES = 100;
    private static final int LONGEST_SECRET = 1024;
    private static final int KEY_BYTES = 32;

    private final TargetResolver targets;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RegistrationValidator(TargetResolver targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    Registered accept(Registration wanted, String registeredBy) {
        List<Violation> violations = new ArrayList<>();
        Optional<URI> url = url(wanted.url(), violations);
        checkEach(
                "/types",
                wanted.types(),
                RegistrationValidator::isType,
                "an event type such as hdag.deployed, or hdag.*",
                violations);
        checkEach(
                "/projects", wanted.projects(), RegistrationValidator::isProject, "the name of a project", violations);
        wanted.secret().ifPresent(secret -> checkSecret(secret, violations));
        if (url.isEmpty() || !violations.isEmpty()) {
            throw SmoException.invalid("The webhook cannot be registered", violations);
        }
        Optional<String> generated = wanted.secret().isPresent() ? Optional.empty() : Optional.of(newKey());
        String secret = wanted.secret().or(() -> generated).orElseThrow();
        EventFilter filter = new EventFilter(Set.copyOf(wanted.types()), Set.copyOf(wanted.projects()));
        Webhook webhook = new Webhook(
                UUID.randomUUID().toString(),
                url.get(),
                filter,
                secret,
                wanted.paused(),
                clock.instant(),
                Optional.of(registeredBy).filter(name -> !name.isEmpty()));
        return new Registered(webhook, generated);
    }

    private Optional<URI> url(String text, List<Violation> violations) {
        try {
            URI url = TargetResolver.parse(text);
            targets.refusal(url).ifPresent(reason -> violations.add(new Violation("/url", reason)));
            return Optional.of(url);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("/url", String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (UnknownHostException e) {
            LOG.info("registered webhook has an unresolved host reason=\"{}\"", e.getMessage());
            return Optional.of(TargetResolver.parse(text));
        }
    }

    private interface FieldCheck {
        boolean passes(String text);
    }

    private static boolean isType(String text) {
        return text.length() <= LONGEST_TYPE && TYPE.matcher(text).matches();
    }

    private static boolean isProject(String text) {
        return PROJECT.matcher(text).matches();
    }

    private static void checkEach(
            String pointer, List<String> texts, FieldCheck check, String expected, List<Violation> violations) {
        if (texts.size() > MOST_ENTRIES) {
            violations.add(new Violation(pointer, "expected at most %d entries".formatted(MOST_ENTRIES)));
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            if (!check.passes(texts.get(i))) {
                violations.add(new Violation(pointer + "/" + i, "expected " + expected));
            }
        }
    }

    private static void checkSecret(String secret, List<Violation> violations) {
        if (secret.isBlank() || secret.length() > LONGEST_SECRET) {
            violations.add(new Violation("/secret", "expected 1 to %d characters".formatted(LONGEST_SECRET)));
        }
        SigningKeys.refusal(secret).ifPresent(why -> violations.add(new Violation("/secret", why)));
        SigningKeys.emptyReference(secret)
                .ifPresent(scheme ->
                        violations.add(new Violation("/secret", "expected something behind %s".formatted(scheme))));
    }

    private String newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
