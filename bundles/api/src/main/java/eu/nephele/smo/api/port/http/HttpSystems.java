// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port.http;

import org.osgi.annotation.versioning.ProviderType;

/** Opens connections to outside systems that speak HTTP. A service; an adapter opens one when it is activated. */
@ProviderType
public interface HttpSystems {

    /**
     * Nothing is sent yet: a system that is away is no failure here.
     *
     * @throws IllegalArgumentException a value of the settings is wrong; the message names the setting
     */
    HttpSystem open(HttpSettings settings);
}
