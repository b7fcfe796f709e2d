-- SPDX-License-Identifier: Apache-2.0
-- Whether a placement was decided in a hurry and nobody has tried to improve it since.
alter table decided add column improvable boolean default false not null;
