// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import java.util.Optional;

/**
 * What this server is at a provider.
 *
 * @param secret reference of its secret; empty for a public client
 * @param scopes what a login asks for, separated by spaces
 * @param publicUrl address of this server for browsers, without a path; empty: as their requests name it
 */
public record LoginClient(String id, Optional<String> secret, String scopes, Optional<String> publicUrl) {}
