// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Keys of signatures: a text is the key itself, a reference is resolved at each use. */
final class SigningKeys {

    /** Beginnings of references; everything else is a key. */
    private static final List<String> SCHEMES = List.of("env:", "file:", "k8s:", "vault:");

    /** Whoever registers a webhook has no say in what these hold, and could try words on it as on a variable. */
    private static final List<String> OF_OPERATORS = List.of("k8s:", "vault:");

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    /**
     * The environment of the server has passwords that are not meant for webhooks, and who posts to himself what is signed with one
     * can try words on it until one fits.
     */
    private static final Pattern ALLOWED_VARIABLE = Pattern.compile("env:SMO_WEBHOOK_[A-Za-z0-9_]+");

    /** Below the folder {@code secrets/webhooks} of the data directory, and nowhere else, for the same reason. */
    private static final Pattern ALLOWED_FILE =
            Pattern.compile("file:secrets/webhooks(/(?!\\.{1,2}(/|$))[^/\\\\\\p{Cntrl}]+)+");

    private final List<SecretSource> sources = new CopyOnWriteArrayList<>();
    private final SecretSeal seal;

    SigningKeys(SecretSeal seal) {
        this.seal = seal;
    }

    void add(SecretSource source) {
        sources.add(source);
    }

    void remove(SecretSource source) {
        sources.remove(source);
    }

    static boolean isReference(String secret) {
        return SCHEMES.stream().anyMatch(secret::startsWith);
    }

    /** The scheme, with colon, of a reference that has nothing behind it. */
    static Optional<String> emptyReference(String secret) {
        return SCHEMES.stream().filter(secret::equals).findFirst();
    }

    static Optional<String> refusal(String secret) {
        if (emptyReference(secret).isPresent()) {
            return Optional.empty();
        }
        if (secret.startsWith(FILE) && !ALLOWED_FILE.matcher(secret).matches()) {
            return Optional.of(
                    "expected a file below secrets/webhooks of the data directory, such as file:secrets/webhooks/shop");
        }
        if (OF_OPERATORS.stream().anyMatch(secret::startsWith)) {
            return Optional.of("expected a reference of the scheme file or env, or the key itself");
        }
        return secret.startsWith(ENVIRONMENT)
                        && !ALLOWED_VARIABLE.matcher(secret).matches()
                ? Optional.of("expected a variable whose name begins with SMO_WEBHOOK_, such as env:SMO_WEBHOOK_SHOP")
                : Optional.empty();
    }

    /** What is stored of a secret: a reference as it is, a key encrypted. */
    String stored(String webhook, String secret) {
        return isReference(secret) ? secret : seal.seal(webhook, secret);
    }

    /**
     * Empty when it is a reference to nothing.
     *
     * @param secret as it is stored; one of an earlier version is in clear
     * @throws AdapterException {@code REFUSED} when it refers to what no webhook may name; one of an earlier version can
     */
    Optional<String> key(String webhook, String secret) {
        if (SecretSeal.isSealed(secret)) {
            return Optional.of(seal.open(webhook, secret));
        }
        if (!isReference(secret)) {
            return Optional.of(secret);
        }
        refusal(secret).ifPresent(why -> {
            throw new AdapterException(
                    AdapterException.Kind.REFUSED,
                    "secrets",
                    "The secret %s is not resolved: %s".formatted(secret, why));
        });
        return sources.stream()
                .flatMap(source -> source.resolve(secret).stream())
                .filter(key -> !key.isEmpty())
                .findFirst();
    }
}
