// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the library that come from nowhere else: its own read variables and files of whoever runs the server.
 *
 * @param address of the engine
 */
record PlainClientConfig(URI address) implements DockerClientConfig {

    /** For all servers: the library would copy it, and each copy learns all kinds of answers anew, and keeps that. */
    private static final ObjectMapper ANSWERS = DockerClientConfig.getDefaultObjectMapper();

    @Override
    public URI getDockerHost() {
        return address;
    }

    /** The newest that the engine has. */
    @Override
    public RemoteApiVersion getApiVersion() {
        return RemoteApiVersion.unknown();
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return null;
    }

    @Override
    public @Nullable String getRegistryUrl() {
        return null;
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String image) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return ANSWERS;
    }

    /** The connection has it already. */
    @Override
    @SuppressWarnings("deprecation")
    public @Nullable SSLConfig getSSLConfig() {
        return null;
    }
}
