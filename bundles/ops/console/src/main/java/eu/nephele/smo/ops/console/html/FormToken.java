// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Proves that a form came from one of our pages. A browser also sends the password with forms posted by other sites;
 * those sites cannot read our pages, though, and do not know this token.
 */
@Component(service = FormToken.class)
public final class FormToken {

    private static final int RANDOM_BYTES = 32;

    private final String value;

    @Activate
    public FormToken() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        this.value = HexFormat.of().formatHex(random);
    }

    public String value() {
        return value;
    }

    public boolean matches(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }
}
