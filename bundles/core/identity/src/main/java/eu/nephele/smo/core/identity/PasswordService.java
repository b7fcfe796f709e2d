// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Passwords in this server, and what is configured of them; logins and Basic credentials share its limits. */
@Component(service = PasswordService.class, configurationPid = "eu.nephele.smo.core.identity")
@Designate(ocd = IdentityConfig.class)
public final class PasswordService {

    private final PasswordHasher hasher = PasswordHasher.recommended();
    private final PasswordCheck check = new PasswordCheck(hasher, System::nanoTime);

    private final IdentitySettings settings;

    @Activate
    public PasswordService(IdentityConfig config) {
        this.settings = IdentitySettings.from(config);
    }

    IdentitySettings settings() {
        return settings;
    }

    PasswordHasher hasher() {
        return hasher;
    }

    PasswordCheck check() {
        return check;
    }
}
