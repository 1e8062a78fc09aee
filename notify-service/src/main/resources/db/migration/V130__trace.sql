-- The trace (W3C Trace Context) of the work that each row tells of.
ALTER TABLE inbox_item ADD COLUMN trace_id uuid;
ALTER TABLE challenge ADD COLUMN traceparent text CHECK (length(traceparent) = 55);
ALTER TABLE webhook_delivery ADD COLUMN traceparent text CHECK (length(traceparent) = 55);
