// SPDX-License-Identifier: Apache-2.0
/** Users, API keys, sessions, and the rights granted to them. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
