// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who a token is about.
 *
 * @param provider begins the name of everybody it knows, and of their groups
 * @param userClaim claim with the name; its subject where a token has no such claim
 * @param groupsClaim claim with the groups, or a path to it such as {@code realm_access.roles}
 */
public record CallerClaims(String provider, String userClaim, String groupsClaim) {

    private static final String EMAIL = "email";
    private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Z}]{1,150}");
    private static final int MOST_GROUPS = 500;

    /**
     * The name {@code PROVIDER:NAME} by the first of several tokens of the same subject that has one. No other claim stands in for the
     * configured one: what one caller may choose for itself could be what another one is known by.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAUTHENTICATED} when there is none, or nobody could be granted anything
     *     by it
     */
    public String name(List<JWTClaimsSet> tokens) {
        String name = tokens.stream()
                .filter(this::isConfirmed)
                .flatMap(claims -> text(value(claims, userClaim)))
                .findFirst()
                .orElseThrow(() -> TokenRefusal.because(
                        "does not say whom it is about: it has no %s (userClaim of the provider %s)"
                                .formatted(userClaim.equals(EMAIL) ? "verified email" : userClaim, provider)));
        if (!NAME.matcher(name).matches()) {
            throw TokenRefusal.because(
                    "is about somebody whose name is too long, or has spaces or characters that cannot be seen");
        }
        return provider + ":" + name;
    }

    /** Anybody may write any address into an account that nobody has confirmed. */
    private boolean isConfirmed(JWTClaimsSet claims) {
        return !userClaim.equals(EMAIL) || "true".equals(String.valueOf(claims.getClaim("email_verified")));
    }

    /** The groups {@code PROVIDER/NAME} of the first of several tokens that has any; those that nothing can be granted to are left out. */
    public Set<String> groups(List<JWTClaimsSet> tokens) {
        return tokens.stream()
                .map(claims -> value(claims, groupsClaim))
                .flatMap(Optional::stream)
                .findFirst()
                .map(found -> texts(found)
                        .filter(group -> NAME.matcher(group).matches())
                        .limit(MOST_GROUPS)
                        .map(group -> provider + "/" + group)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    private static Stream<String> text(Optional<Object> value) {
        return value.stream().filter(String.class::isInstance).map(String.class::cast);
    }

    private static Stream<String> texts(Object value) {
        Stream<?> all = value instanceof Collection<?> several ? several.stream() : Stream.of(value);
        return all.filter(String.class::isInstance).map(String.class::cast);
    }

    /** A claim of that very name comes first: some have dots. */
    private static Optional<Object> value(JWTClaimsSet claims, String path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<Object> direct = Optional.ofNullable(claims.getClaim(path));
        if (direct.isPresent()) {
            return direct;
        }
        Object at = claims.getClaims();
        for (String part : path.split("\\.", -1)) {
            if (!(at instanceof Map<?, ?> object) || object.get(part) == null) {
                return Optional.empty();
            }
            at = object.get(part);
        }
        return Optional.of(at);
    }
}
