-- +goose Up
ALTER TABLE mail_message ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
